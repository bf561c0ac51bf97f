"""Floor 4: the page, the only package that imports Streamlit."""
