// Numbers and dates the way the reader writes them: a decimal comma in Vietnamese, a point in English; days as
// dd/mm/yyyy in both, because the office's papers are Vietnamese.

function showNumber(value) {
  if (value === null || value === undefined || value === "") return "–";
  return document.documentElement.lang === "en" ? String(value) : String(value).replace(".", ",");
}

function showSize(bytes) {
  if (bytes < 1024 * 1024) return Math.max(1, Math.round(bytes / 1024)) + " KB";
  return showNumber((bytes / 1024 / 1024).toFixed(1)) + " MB";
}

function showClock(moment) {
  const two = (number) => String(number).padStart(2, "0");
  return two(moment.getHours()) + ":" + two(moment.getMinutes());
}

function showDay(moment) {
  const two = (number) => String(number).padStart(2, "0");
  return two(moment.getDate()) + "/" + two(moment.getMonth() + 1) + "/" + moment.getFullYear();
}

// "{name} có {n} mục" with its blanks filled; "{n:item|items}" is the first word for 1, else the second.
function fill(text, values) {
  return text.replace(/\{(\w+)(?::([^{}|]*)\|([^{}|]*))?\}/g, (blank, name, one, many) => {
    if (!values || !(name in values)) return blank;
    const value = String(values[name]);
    return one === undefined ? value : value === "1" ? one : many;
  });
}
