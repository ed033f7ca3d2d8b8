// A look at the cell of a finding: the sheet around it as Excel shows it, and the finding beside it. The browser's own
// dialog keeps the focus inside, closes with Escape and gives the focus back to where it was.

const LONG = 60; // signs of a text that may not be seen as a whole in its cell

function paintLook(ui) {
  const view = ui.view;
  if (view.finding === undefined) {
    if (ui.mine.dialog) closeLook(ui);
    return [];
  }
  requestAnimationFrame(() => settleLook(ui));
  return h("dialog", { key: "look", class: "cb-look", "aria-labelledby": "cb-look-title", onclose: () => leaveLook(ui), onclick: (event) => event.target.localName === "dialog" && ui.mine.dialog.close() },
    h("div", { class: "cb-look-in" }, lookHead(ui), h("div", { class: "cb-look-body" }, lookSheet(ui), lookSide(ui))));
}

function settleLook(ui) {
  const dialog = ui.el.querySelector("dialog");
  if (!dialog) return;
  if (!dialog.open) {
    ui.mine.dialog = dialog;
    ui.mine.back = document.activeElement;
    dialog.showModal();
    dialog.querySelector("h2").focus();
  }
  const at = `${ui.view.list}/${ui.view.finding}/${ui.view.place}`;
  const here = dialog.querySelector(".cb-look-here");
  if (ui.view.busy || ui.mine.seen === at) return;
  ui.mine.seen = at;
  if (here) bringHere(here);
}

// The cell into the middle of what is seen of its sheet; the page behind stays where it is.
function bringHere(cell) {
  const box = cell.closest(".cb-look-scroll");
  const [number, first] = box.querySelector("tbody tr").children;
  const side = number.offsetWidth + (getComputedStyle(first).position === "sticky" ? first.offsetWidth : 0);
  const head = box.querySelector("thead").offsetHeight;
  const [left, top] = [cell.offsetLeft, cell.offsetTop];
  const outside = left + cell.offsetWidth > box.clientWidth;
  box.scrollLeft = outside ? left - side - Math.max(0, (box.clientWidth - side - cell.offsetWidth) / 2) : 0;
  box.scrollTop = Math.max(0, top - head - Math.max(0, (box.clientHeight - head - cell.offsetHeight) / 2));
}

function leaveLook(ui) {
  if (!ui.mine.dialog) return;
  closeLook(ui);
  ui.go({ go: "look-away" });
}

function closeLook(ui) {
  const { dialog, back } = ui.mine;
  Object.assign(ui.mine, { dialog: null, back: null, seen: null });
  if (dialog.open) dialog.close();
  if (back && back.isConnected) back.focus({ preventScroll: true });
}

function lookHead(ui) {
  const { finding, total, label, file, list } = ui.view;
  const step = (by) => h("button", {
    type: "button", class: "cb-button cb-slim", "data-repeat": true, "aria-disabled": String(finding + by < 0 || finding + by >= total),
    onclick: () => finding + by >= 0 && finding + by < total && ui.go({ go: "look", list, finding: finding + by, place: 0 }),
  }, ui.t(by < 0 ? "look_previous" : "look_next"));
  return h("div", { class: "cb-look-head" },
    h("div", { class: "cb-look-where" },
      h("h2", { id: "cb-look-title", tabindex: -1 }, label),
      h("p", { class: "cb-soft cb-small" }, file)),
    h("div", { class: "cb-row cb-look-ways" },
      total > 1 && [step(-1), h("span", { class: "cb-soft cb-small cb-number", role: "status" }, ui.t("look_step", { n: finding + 1, total }), h("span", { class: "cb-unseen" }, `: ${label}. ${ui.view.title}`)), step(1)],
      h("button", { type: "button", class: "cb-look-close", "aria-label": ui.t("look_close"), title: ui.t("look_close"), onclick: () => ui.mine.dialog.close() }, "×")));
}

function lookSide(ui) {
  const view = ui.view;
  const go = (place) => ui.go({ go: "look", list: view.list, finding: view.finding, place });
  return h("div", { class: "cb-look-side", tabindex: 0, role: "group", "aria-label": view.title },
    h("p", {}, h("span", { class: `cb-tag cb-${view.severity}` }, ui.t(`severity_${view.severity}`))),
    h("h3", {}, view.title),
    h("p", {}, view.text),
    h("p", { class: "cb-soft" }, view.mend),
    view.here && h("p", { class: "cb-look-holds" }, view.here),
    view.places.length > 0 && h("div", {},
      h("p", { class: "cb-small cb-soft" }, ui.t("look_places")),
      h("ul", { class: "cb-look-places" }, view.places.map((place, index) => h("li", {},
        h("button", { type: "button", class: "cb-link", "aria-current": index === view.place ? "true" : null, onclick: () => go(index) }, place))))),
    view.hidden && h("p", { class: "cb-small cb-look-note" }, ui.t("look_hidden_sheet")),
    view.note && view.grid && h("p", { class: "cb-small cb-look-note" }, view.note),
    view.reference && h("p", { class: "cb-small" }, copyPlace(ui, view.reference, ui.t("look_copy"))));
}

function lookSheet(ui) {
  const { grid, busy, say, label } = ui.view;
  if (!grid) return h("div", { key: "none", class: "cb-look-none" }, h("p", { role: "status" }, busy ? ui.t("look_busy") : say));
  return h("div", { key: "grid", class: "cb-look-scroll", tabindex: 0, role: "region", "aria-label": ui.t("look_grid", { place: label }) },
    h("table", { class: grid.heading ? "cb-look-grid cb-look-table" : "cb-look-grid" },
      h("thead", {},
        h("tr", {}, h("td", { class: "cb-look-corner" }), grid.columns.map((letters, index) => h("th", {
          scope: "col", class: grid.hidden.includes(index) ? "cb-look-unseen" : null, title: grid.hidden.includes(index) ? ui.t("look_hidden_column") : null,
        }, letters))),
        grid.heading && lookRow(ui, grid.heading, "cb-look-labels")),
      h("tbody", {}, grid.rows.map((row) => lookRow(ui, row)))));
}

function lookRow(ui, row, name) {
  return h("tr", { key: row.n, class: name ?? null },
    h("th", { scope: "row", class: row.hidden ? "cb-look-unseen" : null, title: row.hidden ? ui.t("look_hidden_row") : null }, row.n),
    row.cells.map((cell) => lookCell(ui, typeof cell === "string" ? { text: cell } : cell)));
}

function lookCell(ui, cell) {
  const names = [cell.kind && `cb-look-${cell.kind}`, cell.here && "cb-look-here"].filter(Boolean).join(" ");
  return h("td", { class: names || null, colspan: cell.wide ?? null, rowspan: cell.tall ?? null, "aria-current": cell.here ? "true" : null },
    cell.text && h("div", { title: cell.text.length > LONG ? cell.text : null }, cell.text), cell.here && h("span", { class: "cb-unseen" }, ui.t("look_here")));
}

export default widget(paintLook);
