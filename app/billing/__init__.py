"""What customers owe and what they paid. Receivables arise on posting; receipts are matched against them (核销)."""
