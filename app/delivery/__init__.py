"""From the bin to the customer: delivery notes are picked by scan and posted; posting moves stock and tells the order."""
