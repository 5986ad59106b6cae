"""What others may put into a show to run script on its site, and the proof that none of it runs."""
