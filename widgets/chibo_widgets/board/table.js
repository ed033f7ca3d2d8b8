// The board of one month: a row per unit, filtered by state or by words, sorted by any column.
// What is looked at (filter, order) is the browser's own affair; opening a unit asks Python: {open: key}.

const COLUMNS = ["state", "code", "name", "committee", "day", "attendance", "rate", "score", "grade", "warnings"];
const SORT_FIELD = { state: "state_rank", day: "day_key", attendance: "present", grade: "grade_rank" };
const FIRST_ROWS = 150; // drawn at once; more follow as the table is scrolled, so that a thousand rows sort without a pause
const MOST_FIRST = new Set(["warnings"]);
const STATES = ["", "received", "warned", "refused", "missing"];
const STATE_TAG = { received: "cb-good", warned: "cb-warn", refused: "cb-block", missing: "" };

const collator = new Intl.Collator("vi", { numeric: true, sensitivity: "base" });

// Letters without marks, for searching: "so noi vu" finds "Sở Nội vụ".
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

const unknown = (value) => value === null || value === undefined || value === "";

function byField(field, sign) {
  return (a, b) => {
    const [left, right] = [a[field], b[field]];
    if (unknown(left) || unknown(right)) return unknown(left) - unknown(right); // what is unknown stays last
    if (typeof left === "number") return sign * (left - right);
    return sign * collator.compare(left, right);
  };
}

// The rows come as bare values beside the names of their columns; they are put together once for each sending.
function allRows(ui) {
  const lines = ui.model.get("lines");
  if (ui.mine.lines !== lines) {
    ui.mine.lines = lines;
    ui.mine.rows = (lines.values ?? []).map((values) => Object.fromEntries(lines.columns.map((name, index) => [name, values[index]])));
  }
  return ui.mine.rows;
}

function chosenRows(ui) {
  const { state, words, sort, descending } = ui.mine;
  const wanted = plain(words ?? "").trim();
  const units = ui.view.focus.units.length ? new Set(ui.view.focus.units) : null;
  const rows = allRows(ui).filter(
    (row) => (!state || row.state === state) && (!units || units.has(row.key)) && (!wanted || plain(`${row.code} ${row.name} ${row.committee} ${row.file}`).includes(wanted)),
  );
  return sort ? rows.sort(byField(SORT_FIELD[sort] ?? sort, descending ? -1 : 1)) : rows;
}

function cellsOf(ui, row, first) {
  const open = ui.view.open === row.key;
  return {
    state: h("span", { class: `cb-tag ${STATE_TAG[row.state]}` }, ui.t(`state_${row.state}`)),
    code: row.code,
    name: [
      h("button", { type: "button", class: "cb-board-open", "data-key": row.key, "aria-expanded": String(open), tabindex: first ? 0 : -1 }, row.name),
      h("div", { class: "cb-board-narrow" }, [row.code, row.committee].filter(Boolean).join(" · ")),
      row.note && h("div", { class: "cb-board-row-note" }, row.note),
    ],
    committee: row.committee,
    day: row.day,
    attendance: row.attendance,
    rate: row.rate_text,
    score: [row.score_text, row.score_mark && h("div", { class: "cb-board-self" }, row.score_mark)],
    grade: row.grade && h("span", { class: `cb-board-grade cb-grade-${row.grade}` }, row.grade_text),
    warnings: row.warnings > 0 && h("span", { class: "cb-board-count" }, row.warnings),
  };
}

function tableRow(ui, row, first) {
  const cells = cellsOf(ui, row, first);
  return h("tr", { key: row.key, class: ui.view.open === row.key ? "is-open" : null },
    COLUMNS.map((name) => h("td", { class: `cb-col-${name}` }, cells[name])));
}

function heading(ui, name) {
  const { sort, descending } = ui.mine;
  const toggle = () => {
    ui.mine.descending = sort === name ? !descending : MOST_FIRST.has(name);
    ui.mine.sort = name;
    ui.repaint();
  };
  const order = sort === name ? (descending ? "descending" : "ascending") : "none";
  return h("th", { scope: "col", class: `cb-col-${name}`, "aria-sort": order }, h("button", { type: "button", onclick: toggle }, ui.t(`column_${name}`)));
}

function tile(ui, state) {
  const pressed = (ui.mine.state ?? "") === state;
  const choose = () => {
    ui.mine.state = pressed ? "" : state;
    ui.repaint();
  };
  return h("button", { key: state, type: "button", class: `cb-board-tile cb-tile-${state || "all"}`, "aria-pressed": String(pressed), onclick: choose },
    h("b", {}, ui.view.counts[state || "all"]), h("span", {}, ui.t(`tile_${state || "all"}`)));
}

// Arrow keys, Home and End walk through the rows; Enter opens one.
function walkRows(event) {
  const rows = [...event.currentTarget.children];
  const at = rows.indexOf(event.target.closest("tr"));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (to === undefined || at < 0 || !rows[to]) return;
  event.preventDefault();
  rows[to].querySelector(".cb-board-open").focus();
}

function drawMore(ui, event) {
  const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
  if (scrollHeight - scrollTop - clientHeight > clientHeight || (ui.mine.most ?? FIRST_ROWS) >= allRows(ui).length) return;
  ui.mine.most = (ui.mine.most ?? FIRST_ROWS) + FIRST_ROWS;
  ui.repaint();
}

function openRow(ui, event) {
  const line = event.target.closest("tr");
  if (!line || event.detail > 1) return;
  const button = line.querySelector(".cb-board-open");
  button.focus();
  ui.go({ open: button.dataset.key });
}

function looking(ui, shown) {
  const { title } = ui.view.focus;
  return title && h("p", { class: "cb-board-looking", role: "status" }, h("span", {}, ui.t("looking_at", { title, shown })), " ",
    h("button", { type: "button", class: "cb-link", onclick: () => ui.go({ all: true }) }, ui.t("show_all")));
}

// What a chart opened is shown whole, whatever was filtered before, and brought into sight.
function follow(ui) {
  const { token } = ui.view.focus;
  if (ui.mine.token === token) return;
  const first = ui.mine.token === undefined;
  ui.mine.token = token;
  if (first || !ui.view.focus.title) return;
  Object.assign(ui.mine, { state: "", words: "" });
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  requestAnimationFrame(() => {
    ui.el.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
    ui.el.querySelector("tbody .cb-board-open")?.focus({ preventScroll: true });
  });
}

// When a unit is closed, the focus goes back to its row.
function comeBack(ui) {
  const closed = ui.mine.open;
  ui.mine.open = ui.view.open;
  if (!closed || ui.view.open) return;
  requestAnimationFrame(() => {
    const at = document.activeElement; // the panel may or may not have gone already
    if (at === document.body || at.closest(".cb-board-unit")) ui.el.querySelector(`.cb-board-open[data-key="${CSS.escape(closed)}"]`)?.focus({ preventScroll: true });
  });
}

function paintBoard(ui) {
  follow(ui);
  comeBack(ui);
  const rows = chosenRows(ui);
  const total = allRows(ui).length;
  const search = (event) => {
    ui.mine.words = event.target.value;
    ui.repaint();
  };
  const lines = rows.slice(0, ui.mine.most ?? FIRST_ROWS).map((row, index) => tableRow(ui, row, index === 0));
  return [
    total > 0 && h("div", { class: "cb-board-tiles", key: "tiles", role: "group", "aria-label": ui.t("tiles") }, STATES.map((state) => tile(ui, state))),
    h("section", { class: "cb-panel", key: "table", "aria-label": ui.t("table_title") },
      h("div", { class: "cb-head-line" }, h("h2", {}, ui.view.title),
        h("span", { class: "cb-soft cb-small", role: "status" }, total > 0 && [ui.t("shown", { shown: rows.length, total }), ui.view.remark && ` · ${ui.view.remark}`]),
        total > 0 && h("input", { type: "search", class: "cb-board-search", placeholder: ui.t("search"), "aria-label": ui.t("search"), value: ui.mine.words ?? "", oninput: search })),
      looking(ui, rows.length),
      h("div", { class: "cb-board-scroll", onscroll: (event) => drawMore(ui, event) },
        total > 0 && h("table", { class: "cb-board-table" },
          h("caption", { class: "cb-unseen" }, ui.view.title),
          h("thead", {}, h("tr", {}, COLUMNS.map((name) => heading(ui, name)))),
          h("tbody", { onclick: (event) => openRow(ui, event), onkeydown: walkRows }, lines)),
        rows.length === 0 && h("p", { class: "cb-body cb-soft" }, ui.t(total === 0 ? "table_empty" : "nothing_matches")))),
  ];
}

function redrawRows(ui) {
  ui.model.on("change:lines", ui.repaint);
  return () => ui.model.off("change:lines", ui.repaint);
}

export default widget(paintBoard, redrawRows);
