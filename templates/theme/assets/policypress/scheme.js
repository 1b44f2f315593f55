// Runs before the page is drawn, so that a chosen scheme never flashes, and says that scripts run.
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");
  try {
    var chosen = localStorage.getItem("policypress-scheme");
    if (chosen === "dark" || chosen === "light") root.dataset.scheme = chosen;
  } catch {
    // Storage is forbidden here: follow the system.
  }
})();
