"""How the tables have come to be what they are, step by step. A step that was released is never changed."""
