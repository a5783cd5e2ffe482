"""What people read, printed from the schema: data dictionary, feed templates, JSON Schema."""
