// Excel goes to a cell whose reference is pasted into its Name Box: this copies it, and says what to do with it.

function copyPlace(ui, reference, label) {
  const copy = async () => {
    await copyText(reference);
    ui.mine.copied_place = reference;
    ui.repaint();
  };
  const hint = ui.t("place_copy_hint", { reference });
  return [
    h("button", { type: "button", class: "cb-link cb-copy-place", title: hint, "aria-label": hint, onclick: copy }, label, " ", h("span", { "aria-hidden": "true" }, "⧉")),
    ui.mine.copied_place === reference && h("span", { role: "status" }, " " + ui.t("place_copied", { reference }))];
}
