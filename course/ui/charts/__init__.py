"""Charts: one Plotly template, one way to put a chart on a page, one file a family."""
