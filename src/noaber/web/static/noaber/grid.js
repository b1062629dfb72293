/* Pasting straight into a cell of a grid, and stepping back. Without this script the form has a
   place to paste and a button to undo; what is recorded is judged by the server alone. */
(() => {
  const form = document.querySelector(".grid-form");
  if (!form) return;
  const steps = [];
  const back = document.createElement("button");
  back.type = "button";
  back.className = "nl-button";
  back.textContent = "Stap terug";
  back.disabled = true;
  const told = document.createElement("span");
  told.setAttribute("role", "status");
  told.className = "soft";
  form.querySelector(".office-buttons").append(back, told);

  const chosen = (list) => [...list.options].find((option) => option.defaultSelected)?.value ?? "";
  const fields = (row) => [...row.querySelectorAll("[data-column]")];
  const keep = (changes) => {
    if (changes.length) steps.push(changes);
    back.disabled = steps.length === 0;
  };

  /* What a field held before it was last changed. */
  const before = new WeakMap();
  /* What the server wrote in it; a browser that goes back may show what was typed after that. */
  const shown = new WeakMap();
  form.querySelectorAll("[data-column]").forEach((field) => {
    before.set(field, field.value);
    shown.set(field, field.tagName === "SELECT" ? chosen(field) : field.defaultValue);
  });
  const put = (field, value) => {
    const change = { field, was: before.get(field) ?? "" };
    field.value = value;
    before.set(field, field.value);
    return change;
  };
  form.addEventListener("change", (event) => {
    const field = event.target;
    if (!field.dataset.column || before.get(field) === field.value) return;
    keep([{ field, was: before.get(field) ?? "" }]);
    before.set(field, field.value);
  });
  back.addEventListener("click", () => {
    const changes = steps.pop() ?? [];
    changes.reverse().forEach(({ field, was }) => {
      field.value = was;
      before.set(field, was);
    });
    back.disabled = steps.length === 0;
    told.textContent = `${changes.length} ${changes.length === 1 ? "cel" : "cellen"} teruggezet.`;
    changes.at(-1)?.field.focus();
  });

  /* Another empty row like the last one of the new rows. */
  const added = (last) => {
    const row = last.cloneNode(true);
    const old = row.querySelector("[name=rij]").value;
    const number = Number(old.slice(1)) + 1;
    row.querySelector("[name=rij]").value = `+${number}`;
    row.querySelector("th").firstChild.textContent = `Nieuw ${number}`;
    fields(row).forEach((field) => {
      field.name = `+${number}:${field.dataset.column}`;
      field.id = `cel-nieuw-${number}-${field.dataset.column}`;
      field.setAttribute("aria-label", field.getAttribute("aria-label").replace(/\d+$/, number));
      field.removeAttribute("aria-describedby");
      field.removeAttribute("aria-invalid");
      field.value = "";
      before.set(field, "");
    });
    row.querySelectorAll(".field-wrong, .grid-theirs").forEach((each) => each.remove());
    last.after(row);
    return row;
  };

  /* Cells as a spreadsheet copies them: tabs between them, quotes around what has lines. */
  const cellsOf = (text) => {
    const rows = [[]];
    const wanted = /("(?:[^"]|"")*"|[^\t\n]*)(\t|\n|$)/y;
    const plain = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "");
    while (wanted.lastIndex <= plain.length) {
      const found = wanted.exec(plain);
      if (!found) return null;
      const quoted = found[1].startsWith('"');
      rows.at(-1).push((quoted ? found[1].slice(1, -1).replaceAll('""', '"') : found[1]).trim());
      if (found[2] === "") break;
      if (found[2] === "\n") rows.push([]);
    }
    return rows;
  };

  /* Only what differs from the register is sent: a grid of thousands of cells stays a small form. */
  form.addEventListener("formdata", ({ formData }) => {
    form.querySelectorAll("[data-column]").forEach((field) => {
      const known = !field.name.startsWith("+");
      const asShown = field.value === shown.get(field) && !field.classList.contains("is-changed");
      if (known ? asShown : field.value === "") formData.delete(field.name);
    });
  });

  form.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain");
    const first = event.target;
    if (!first.dataset.column || !/[\t\n]/.test(text.trimEnd())) return;
    const cells = cellsOf(text);
    if (!cells) return;
    event.preventDefault();
    const most = Number(form.dataset.most);
    if (cells.length > most) {
      told.textContent = `Dit zijn ${cells.length.toLocaleString("nl-NL")} rijen; hoogstens ${most.toLocaleString("nl-NL")} tegelijk. Er is niets geplakt. Doe het in delen, of lees het in als werkboek.`;
      return;
    }
    const start = fields(first.closest("tr")).indexOf(first);
    const isNew = first.name.startsWith("+");
    let row = first.closest("tr");
    const changes = [];
    let over = 0;
    cells.forEach((line, index) => {
      if (index > 0) row = row && (row.nextElementSibling ?? (isNew ? added(row) : null));
      const places = row ? fields(row).slice(start) : [];
      line.forEach((value, place) => {
        if (places[place]) changes.push(put(places[place], value));
        else if (value) over += 1;
      });
    });
    keep(changes);
    told.textContent = `${changes.length} cellen geplakt.` + (over ? ` ${over} pasten er niet in en zijn weggelaten.` : "");
  });
})();
