"""What all pages share: rendering, reading input, sessions, lists, errors, live updates."""
