"""One button."""

import streamlit as st

st.button("Click", key="click")
