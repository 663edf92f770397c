from tests.web.busy import busy_house

__all__ = ["busy_house"]
