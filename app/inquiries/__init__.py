"""What customers, and those who may become customers, ask for: inquiries (询价), answered within hours, won or lost."""
