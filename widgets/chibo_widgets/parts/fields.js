// After a form came back with problems, the first of them takes the focus. `problems` is the object Python sent.
function leadToProblem(ui, problems) {
  if (ui.mine.problems === problems) return;
  ui.mine.problems = problems;
  if (Object.keys(problems).length === 0) return;
  requestAnimationFrame(() => {
    const goal = ui.el.querySelector("[aria-invalid=true], .cb-problem");
    if (!goal) return;
    goal.scrollIntoView({ block: "center" });
    const control = goal.matches("input, select, textarea") ? goal : goal.closest(".cb-field")?.querySelector("input, select, textarea");
    if (control) control.focus({ preventScroll: true });
  });
}

// One labelled field of a form, made from its description: {code, label, control, value, options, help, problem, …}.
// `change(value)` is called when the user is done with it: with a string, or with a list for "several".

function fieldOf(ui, prefix, field, change) {
  const id = prefix + "-" + field.code;
  const about = [field.problem && id + "-problem", (field.help || field.uses) && id + "-help"].filter(Boolean).join(" ") || undefined;
  const common = { id, "aria-describedby": about, "aria-invalid": field.problem ? "true" : undefined, "aria-required": field.required ? "true" : undefined };
  const label = field.required ? [field.label, " ", h("span", { class: "cb-must" }, ui.t("field_required"))] : field.label;
  const role = { "yes-no": "radiogroup", several: "group" }[field.control];
  return h("div", {
    key: field.code, class: "cb-field" + (field.wide ? " cb-wide" : ""), "data-field": field.code, role,
    "aria-labelledby": role && id + "-label", "aria-describedby": role && about,
  },
    role ? h("span", { class: "cb-field-label", id: id + "-label" }, label) : h("label", { class: "cb-field-label", for: id }, label),
    fieldControl(ui, field, common, change),
    h("div", { class: "cb-field-notes" },
      field.problem && h("p", { key: "problem", id: id + "-problem", class: "cb-problem" }, field.problem),
      (field.help || field.uses) && h("p", { key: "help", id: id + "-help", class: "cb-soft cb-small" },
        field.uses && h("span", { class: "cb-uses" }, field.uses), field.uses && field.help && " ", field.help)));
}

function fieldControl(ui, field, common, change) {
  switch (field.control) {
    case "choice":
      return h("select", { ...common, value: field.value, onchange: (event) => change(event.target.value) },
        field.options.map((option) => h("option", { key: option.value, value: option.value, selected: option.value === field.value }, option.label)));
    case "yes-no":
      return yesNo(ui, field, common, change);
    case "several":
      return h("div", { class: "cb-several" }, field.options.map((option) => h("label", { key: option.value, class: "cb-check" },
        h("input", { type: "checkbox", checked: field.value.includes(option.value), onchange: (event) => change(
          event.target.checked ? [...field.value, option.value] : field.value.filter((one) => one !== option.value)) }),
        h("span", {}, option.label))));
    case "long":
      return h("textarea", { ...common, rows: 2, value: field.value, onchange: (event) => change(event.target.value) });
    case "date":
      return dateControl(ui, field, common, change);
    default:
      return h("input", {
        ...common, type: "text", autocomplete: "off", value: field.value, placeholder: field.control === "time" ? "14:00" : undefined,
        inputmode: field.control === "number" ? "decimal" : undefined, onchange: (event) => change(event.target.value),
      });
  }
}

function yesNo(ui, field, common, change) {
  const options = [["yes", "yes_word"], ["no", "no_word"], ["", "unknown_word"]];
  return h("div", { class: "cb-seg" }, options.map(([value, word]) => {
    const id = common.id + "-" + (value || "unknown");
    return h("span", { key: value, class: "cb-seg-one" },
      h("input", { type: "radio", class: "cb-unseen-input", id, name: common.id, value, checked: field.value === value, onchange: () => change(value) }),
      h("label", { for: id }, ui.t(word)));
  }));
}

// Dates are typed the Vietnamese way; the button opens the browser's own calendar.
function dateControl(ui, field, common, change) {
  const iso = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(field.value || "");
  return h("span", { class: "cb-date" },
    h("input", { ...common, type: "text", autocomplete: "off", placeholder: ui.t("date_form"), value: field.value, onchange: (event) => change(event.target.value) }),
    h("button", {
      type: "button", class: "cb-calendar", "aria-label": ui.t("date_pick", { field: field.label }),
      onclick: (event) => event.currentTarget.nextElementSibling.showPicker(),
    }, "▾"),
    h("input", {
      type: "date", class: "cb-date-native", tabindex: -1, "aria-hidden": "true", value: iso ? iso[3] + "-" + iso[2] + "-" + iso[1] : "",
      onchange: (event) => {
        const [year, month, day] = event.target.value.split("-");
        if (day) change(day + "/" + month + "/" + year);
      },
    }));
}
