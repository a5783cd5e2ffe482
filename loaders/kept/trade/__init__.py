"""What people agree in trade, kept as dated facts: promises, their states, deliveries, and demands of enterprises."""
