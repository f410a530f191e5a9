"use strict";
(function () {
  const root = document.documentElement;
  root.classList.add("js");
  const marks = Array.from(document.querySelectorAll("a.q"));
  const hint = document.getElementById("hint");
  let open = null;

  function light(mark, on) {
    for (const link of document.getElementById(mark.getAttribute("aria-controls")).querySelectorAll("a.cell")) {
      const cell = document.getElementById(link.getAttribute("href").slice(1));
      if (cell !== null) cell.classList.toggle("hit", on);
    }
  }

  function close() {
    if (open === null) return;
    light(open, false);
    open.setAttribute("aria-expanded", "false");
    document.getElementById(open.getAttribute("aria-controls")).classList.remove("open");
    hint.hidden = false;
    open = null;
  }

  function show(mark) {
    if (mark.classList.contains("off")) return;
    close();
    mark.setAttribute("aria-expanded", "true");
    document.getElementById(mark.getAttribute("aria-controls")).classList.add("open");
    hint.hidden = true;
    light(mark, true);
    open = mark;
  }

  function step(by) {
    const shown = marks.filter((mark) => !mark.classList.contains("off"));
    if (shown.length === 0) return;
    const from = shown.indexOf(open !== null ? open : document.activeElement);
    const next = from < 0 ? (by > 0 ? 0 : shown.length - 1) : (from + by + shown.length) % shown.length;
    shown[next].focus();
    shown[next].scrollIntoView({ block: "center" });
    show(shown[next]);
  }

  for (const mark of marks) {
    mark.addEventListener("click", (event) => {
      event.preventDefault();
      if (mark === open) close();
      else show(mark);
    });
    mark.addEventListener("keydown", (event) => {
      if (event.key === " ") {
        event.preventDefault();
        mark.click();
      }
    });
  }

  for (const link of document.querySelectorAll("a.go")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const mark = document.getElementById(link.getAttribute("href").slice(1));
      mark.scrollIntoView({ block: "center" });
      mark.focus();
      show(mark);
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "n") step(1);
    else if (event.key === "p") step(-1);
    else if (event.key === "Escape") {
      const last = open;
      close();
      if (last !== null) last.focus();
    }
  });

  for (const box of document.querySelectorAll("#filter input")) {
    box.checked = true;
    box.addEventListener("change", () => {
      for (const mark of marks) {
        if (!mark.classList.contains(box.value)) continue;
        mark.classList.toggle("off", !box.checked);
        mark.tabIndex = box.checked ? 0 : -1;
        if (!box.checked && mark === open) close();
      }
    });
  }
})();
