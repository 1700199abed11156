"""The pages. The only place that knows Streamlit: pages compose components and call one service each."""
