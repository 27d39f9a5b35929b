(function () {
"use strict";
var form = document.querySelector("form.search");
var jump = document.querySelector("form.jump");
if (form) { search(form); }
if (jump) { lead(jump); }

function search(form) {
  var cases = Array.prototype.slice.call(document.querySelectorAll("#cases > .case"));
  var texts = [];
  var state = document.getElementById("s-state");
  var fields = ["s-text", "s-rule", "s-cost", "s-team"].map(function (id) { return document.getElementById(id); });
  var waiting;
  form.hidden = false;
  form.addEventListener("submit", function (event) { event.preventDefault(); show(); });
  form.addEventListener("reset", function () { window.setTimeout(show, 0); });
  form.addEventListener("change", show);
  fields[0].addEventListener("input", function () { window.clearTimeout(waiting); waiting = window.setTimeout(show, 150); });
  window.addEventListener("hashchange", function () { asked(); reveal(location.hash); });
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[href^='#']");
    if (link) { reveal(link.hash); }
  });
  asked();

  // A link to a case that the filter hides would lead nowhere: the filter gives way, and the reader is told.
  function reveal(hash) {
    var target = document.getElementById(hash.slice(1));
    var hidden = target && target.closest(".case[hidden]");
    if (!hidden) { return; }
    fields.forEach(function (field) { if (field) { field.value = ""; } });
    show();
    state.textContent = "Filteret er nulstillet. " + state.textContent;
    hidden.tabIndex = -1;
    hidden.focus({ preventScroll: true });
    target.scrollIntoView();
  }

  function show() {
    var values = fields.map(function (field) { return field ? field.value : ""; });
    var words = values[0].toLowerCase().split(/\s+/).filter(Boolean);
    var count = 0;
    cases.forEach(function (one, place) {
      var own = one.dataset.words.split(" ");
      var fits = (!values[1] || own.indexOf(values[1]) >= 0) && (!values[2] || own.indexOf(values[2]) >= 0) &&
        (!values[3] || one.dataset.team === values[3]);
      if (fits && words.length) {
        if (texts[place] === undefined) { texts[place] = one.textContent.toLowerCase().replace(/\s+/g, " ").replace(/\u2011/g, "-"); }
        fits = words.every(function (word) { return texts[place].indexOf(word) >= 0; });
      }
      one.hidden = !fits;
      if (fits) { count += 1; }
    });
    state.textContent = "Viser " + count + " af " + cases.length + "." + (count ? "" : " " + state.dataset.none);
  }

  function asked() {
    var sign = "#sag=";
    if (location.hash.indexOf(sign) !== 0) { return; }
    fields[0].value = decodeURIComponent(location.hash.slice(sign.length));
    show();
    form.scrollIntoView();
  }
}

function lead(form) {
  var parts = document.getElementById("parts").dataset;
  form.hidden = false;
  form.addEventListener("submit", function (event) {
    var wanted = document.getElementById("j-id").value.trim();
    var place = 0;
    event.preventDefault();
    while (parts["p" + (place + 1)] !== undefined && parts["l" + place] < wanted.toLowerCase()) { place += 1; }
    if (wanted) { location.href = parts["p" + place] + "#sag=" + encodeURIComponent(wanted); }
  });
}

function open(target) {
  var place = target.closest("details");
  if (place) { place.open = true; }
}
if (location.hash.length > 1) {
  var target = document.getElementById(location.hash.slice(1));
  if (target) { open(target); }
}
}());
