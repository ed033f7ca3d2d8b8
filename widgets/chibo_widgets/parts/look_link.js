// The way from a place of a finding to a look at it. The finding is named by its number in the list shown last.

function lookLink(ui, row, index, label) {
  const look = () => ui.go({ go: "look", list: ui.view.list, finding: row.number, place: row.spots[index] });
  return h("button", { type: "button", class: "cb-link cb-look-link", "aria-haspopup": "dialog", title: ui.t("look_hint"), onclick: look }, label);
}
