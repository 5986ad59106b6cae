"""What is kept between runs, and how work is spread: speed, which no stage knows of."""
