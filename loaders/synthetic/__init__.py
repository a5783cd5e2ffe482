"""Made-up data on real ground, written as ordinary feed files. Every file says that it is made up."""
