"""What people decide of help, kept as dated facts: drafts, accepted help, its states and its payments."""
