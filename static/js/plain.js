// Log-in, errors and set-up need only these.
import "./forms.js";
import "./files.js";
import "./dialogs.js";
