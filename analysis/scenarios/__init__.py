"""What if: changes to findings, links and help, named scenarios, and what comes of them."""
