"""What is said in a room, declared once."""
