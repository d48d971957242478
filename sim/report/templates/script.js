(function () {
  "use strict";
  var pages = Array.prototype.slice.call(document.querySelectorAll(".page"));
  var buttons = Array.prototype.slice.call(document.querySelectorAll(".switch button"));
  var tip = document.getElementById("tip");

  function remembered() {
    try { return localStorage.getItem("smw-language"); } catch (error) { return null; }
  }
  function remember(code) {
    try { localStorage.setItem("smw-language", code); } catch (error) { /* private window: not remembered */ }
  }
  function place() {
    var key = (location.hash.match(/^#[a-z]{2}-(.+)$/) || [])[1];
    return key || null;
  }
  function show(code) {
    pages.forEach(function (page) {
      var chosen = page.lang === code;
      page.classList.toggle("shown", chosen);
      if (chosen) { document.title = page.dataset.title; }
    });
    buttons.forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.language === code));
    });
    document.documentElement.lang = code;
    tip.hidden = true;
  }
  function first() {
    var codes = pages.map(function (page) { return page.lang; });
    var inAddress = (location.hash.match(/^#([a-z]{2})(-|$)/) || [])[1];
    var browser = (navigator.language || "en").slice(0, 2) === "nl" ? "nl" : "en";
    return [inAddress, remembered(), browser, codes[0]].filter(function (code) {
      return codes.indexOf(code) >= 0;
    })[0];
  }

  buttons.forEach(function (button) {
    button.addEventListener("click", function () {
      var key = place();
      show(button.dataset.language);
      remember(button.dataset.language);
      if (key) { location.hash = "#" + button.dataset.language + "-" + key; }
    });
  });
  if (window.innerWidth < 700) {
    Array.prototype.forEach.call(document.querySelectorAll(".contents details"), function (contents) {
      contents.open = false;
    });
  }
  show(first());
  if (place() && document.getElementById(location.hash.slice(1))) {
    document.getElementById(location.hash.slice(1)).scrollIntoView();
  }

  Array.prototype.forEach.call(document.querySelectorAll(".chooser"), function (chooser) {
    var select = chooser.querySelector("select");
    var choices = chooser.querySelectorAll(".choice");
    if (!select) { return; }
    select.addEventListener("change", function () {
      Array.prototype.forEach.call(choices, function (choice, index) {
        choice.hidden = index !== select.selectedIndex;
      });
    });
  });

  function explain(term) {
    var box = term.getBoundingClientRect();
    tip.textContent = term.dataset.about;
    tip.hidden = false;
    var left = Math.min(box.left, document.documentElement.clientWidth - tip.offsetWidth - 12);
    tip.style.left = Math.max(left, 8) + window.scrollX + "px";
    tip.style.top = box.bottom + window.scrollY + 6 + "px";
    term.setAttribute("aria-describedby", "tip");
  }
  function hide() { tip.hidden = true; }
  Array.prototype.forEach.call(document.querySelectorAll(".term"), function (term) {
    term.addEventListener("mouseenter", function () { explain(term); });
    term.addEventListener("focus", function () { explain(term); });
    term.addEventListener("click", function (event) { explain(term); event.stopPropagation(); });
    term.addEventListener("mouseleave", hide);
    term.addEventListener("blur", hide);
  });
  document.addEventListener("click", hide);
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") { hide(); } });
})();
