"""企业微信: messages to people through our application, and to groups through a robot."""
