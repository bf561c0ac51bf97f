"""Neural networks that learn live in the browser: data, models, training and the page that shows them."""

__version__ = "0.1.0"
