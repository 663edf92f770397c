// A form with lines: what it took over from the customer's file, and the deliveries of its lines.
import "./taken.js";
import "./split.js";
