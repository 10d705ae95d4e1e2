// Draws what the tables tell. Without this file, or without the library, the tables alone are there.
(() => {
  "use strict";
  const Library = window.Chart;
  const places = document.querySelectorAll("[data-chart]");
  if (!Library || !places.length) {
    for (const table of document.querySelectorAll(".chart details")) table.open = true;
    return;
  }
  const LIGHT = ["#0b5750", "#c77700", "#7b3f98", "#2f6fb0", "#5f6b68", "#8fae3c", "#b3261e"];
  const DARK = ["#7fd3c6", "#ffc183", "#d3a4ea", "#8fc1f5", "#a9b8b5", "#c6dd84", "#ff9d94"];
  const scheme = window.matchMedia("(prefers-color-scheme: dark)");
  const drawn = [];

  function style() {
    const read = getComputedStyle(document.documentElement);
    const of = (name) => read.getPropertyValue(name).trim();
    return { text: of("--text"), line: of("--line"), colours: scheme.matches ? DARK : LIGHT };
  }

  function settings(data, look) {
    const lying = data.kind === "rows";
    const stacked = data.kind === "stack";
    const axis = { stacked, grid: { color: look.line }, ticks: { color: look.text } };
    const numbers = { ...axis, beginAtZero: true, ticks: { color: look.text, precision: 0 } };
    const names = { ...axis, grid: { display: false } };
    return {
      type: "bar",
      data: {
        labels: data.labels,
        datasets: data.sets.map((set, at) => ({ ...set, backgroundColor: look.colours[at % look.colours.length], maxBarThickness: 36 })),
      },
      options: {
        animation: false,
        indexAxis: lying ? "y" : "x",
        locale: "vi-VN",
        maintainAspectRatio: false,
        plugins: { legend: { display: data.sets.length > 1, labels: { color: look.text, boxWidth: 14 } } },
        scales: lying ? { x: numbers, y: names } : { x: names, y: numbers },
      },
    };
  }

  function draw() {
    while (drawn.length) drawn.pop().destroy();
    const look = style();
    Library.defaults.font.family = getComputedStyle(document.body).fontFamily;
    for (const place of places) {
      const canvas = document.createElement("canvas");
      place.replaceChildren(canvas);
      place.hidden = false;
      drawn.push(new Library(canvas, settings(JSON.parse(place.dataset.chart), look)));
    }
  }

  draw();
  scheme.addEventListener("change", draw);
})();
