"""From frames to a program: every way in which a lot can reach a demand, by itself or through a cooperative."""
