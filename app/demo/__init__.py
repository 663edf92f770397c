"""The demo factory: a fastener maker in Zhejiang with people, machines, customers and some weeks of orders.

Everything is invented and the same every time, with days counted from today. Masters are written as tables, documents
through the verbs that people use. `bulk` writes very many orders by columns, for measuring.
"""
