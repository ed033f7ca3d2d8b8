// What is said of a book that was opened, besides how much there is: that it is of an earlier form, with the way to move
// it into a new workbook; what was moved, and what was not; that it had been returned with marks.

// The button tells at once that it was pressed: reading the old book and writing the new one takes a moment.
function wayToMove(ui, move, token) {
  const busy = ui.mine.moving === token;
  return h("div", { key: "move", class: "cb-say cb-after cb-move", role: "group", "aria-labelledby": "cb-move-title" },
    h("h2", { id: "cb-move-title" }, move.title),
    h("p", {}, move.text),
    move.ready
      ? h("button", { type: "button", class: "cb-button cb-main", "data-focus": token, "aria-busy": String(busy), disabled: busy, onclick: () => { ui.mine.moving = token; ui.act({ act: "move" }); ui.repaint(); } }, busy ? ui.t("move_busy") : move.button)
      : h("p", {}, ui.t("move_after_text")));
}

function movedBook(ui, moved) {
  return h("section", { key: "moved", class: "cb-panel cb-moved", "aria-labelledby": "cb-moved-title" },
    h("div", { class: "cb-head-line" }, h("h2", { id: "cb-moved-title" }, moved.title)),
    h("div", { class: "cb-body" },
      h("p", {}, moved.line),
      h("p", { class: "cb-soft" }, moved.kept),
      h("h3", { id: "cb-moved-left", class: "cb-say cb-after" + (moved.whole ? " cb-good" : " cb-warn") }, moved.left),
      moved.rows.length > 0 && h("div", { class: "cb-moved-scroll", tabindex: 0, role: "region", "aria-labelledby": "cb-moved-left" },
        h("table", {},
          h("thead", {}, h("tr", {}, ["moved_sheet", "moved_cell", "moved_value"].map((key) => h("th", { scope: "col" }, ui.t(key))))),
          h("tbody", {}, moved.rows.map((row) => h("tr", {}, h("td", {}, row.sheet), h("td", {}, lookLink(ui, row, 0, row.cell)), h("td", {}, row.value)))))),
      moved.more && h("p", { class: "cb-soft cb-after" }, moved.more),
      moved.lost.length > 0 && h("ul", { class: "cb-after" }, moved.lost.map((line) => h("li", {}, line)))));
}

function returnedBook(ui, returned) {
  const listed = (rows) => h("ul", {}, rows.map((row) => h("li", {}, h("b", {}, row.place), ": ", row.text)));
  return h("div", { key: "returned", class: "cb-say cb-warn cb-after cb-returned", role: "group", "aria-labelledby": "cb-returned-title" },
    h("h2", { id: "cb-returned-title" }, returned.title),
    h("p", {}, returned.lead),
    returned.asked.length > 0 && listed(returned.asked),
    returned.list && h("details", {},
      h("summary", {}, returned.list),
      listed(returned.rows),
      returned.more && h("p", {}, returned.more)));
}
