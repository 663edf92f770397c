/* Runs before anything else, in the oldest dialect: an old WebView shall say what is wrong instead of a blank page. */
(function () {
  var modern = window.structuredClone && window.CSS && CSS.supports && CSS.supports("selector(:has(a))");
  if (modern) return;
  document.addEventListener("DOMContentLoaded", function () {
    document.body.innerHTML =
      '<div style="padding:24px;font:20px/1.6 sans-serif"><h1>浏览器版本太旧</h1>' +
      "<p>这台终端的浏览器打不开本页，需要 Chrome 105 或更新的版本。</p>" +
      "<p>找管理员在这台终端上更新 Chrome 或 Edge。</p>" +
      "<p>This browser is too old. Chrome 105 or newer is needed.</p></div>";
  });
})();
