// The office's behaviour. Each module listens on the document, so that what is swapped in later behaves the same.
import "./toast.js";
import "./dialogs.js";
import "./drops.js";
import "./forms.js";
import "./drafts.js";
import "./files.js";
import "./lookup.js";
import "./quantity.js";
import "./rows.js";
import "./palette.js";
import "./keys.js";
import "./look.js";
import "./requests.js";
import "./live.js";

if (document.querySelector("[data-gantt]")) import("./gantt.js");
if (document.getElementById("columns")) import("./columns.js");
if (document.querySelector("[hx-select]")) import("./renewed.js");
