/* Lists: a box that filters a long one, and a switch of its order. Without it each is a plain list. */
(() => {
  "use strict"
  const folded = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
  const element = (name, values) => Object.assign(document.createElement(name), values)

  /* A filter over all lists of a page at once: papers stand in one list a year. */
  const filter = (lists, tools) => {
    const first = lists[0]
    const rows = lists.flatMap(list => [...list.querySelectorAll(":scope > ul > li")])
    if (rows.length < 10) return
    const box = element("input", { type: "search", className: "aikb-find", placeholder: first.dataset.filter })
    box.setAttribute("aria-label", first.dataset.filter)
    const status = element("span", {})
    status.setAttribute("role", "status")
    const texts = rows.map(row => folded(row.textContent))
    const heads = [...document.querySelectorAll(".aikb-letter, .aikb-letters")]
    const apply = () => {
      const words = folded(box.value).split(/\s+/).filter(Boolean)
      let shown = 0
      rows.forEach((row, at) => {
        const match = words.every(word => texts[at].includes(word))
        row.classList.toggle("aikb-out", !match)
        if (match) shown += 1
      })
      for (const head of heads) head.classList.toggle("aikb-out", words.length > 0)
      for (const head of document.querySelectorAll(".aikb-list > h2")) {
        const list = head.nextElementSibling
        head.classList.toggle("aikb-out", !list?.querySelector(":scope > li:not(.aikb-out)"))
      }
      for (const list of lists) {
        const empty = !list.querySelector(":scope > ul > li:not(.aikb-out)")
        const above = list.previousElementSibling
        if (above?.tagName === "H2") above.classList.toggle("aikb-out", empty)
      }
      status.textContent = !words.length ? "" : shown ? String(shown) : first.dataset.none
    }
    box.addEventListener("input", apply)
    box.addEventListener("keydown", event => {
      if (event.key === "Escape" && box.value) { box.value = ""; apply() }
    })
    tools.append(box, status)
  }

  /* By title, as it is written, or by date, the latest first. */
  const order = (list, tools) => {
    const groups = [...list.children]
    const rows = [...list.querySelectorAll(":scope > ul > li")]
    const date = row => row.querySelector("time")?.dateTime || row.querySelector("time")?.textContent || ""
    const dated = [...rows].sort((one, other) => date(other).localeCompare(date(one)))
    const homes = rows.map(row => row.parentElement)
    const flat = element("ul")
    const buttons = [list.dataset.title, list.dataset.label].map((label, at) => {
      const button = element("button", { type: "button", textContent: label })
      button.addEventListener("click", () => choose(at))
      return button
    })
    const choose = at => {
      buttons.forEach((button, number) => button.setAttribute("aria-pressed", String(number === at)))
      if (at) { flat.append(...dated); list.replaceChildren(flat) }
      else { rows.forEach((row, number) => homes[number].append(row)); list.replaceChildren(...groups) }
      document.querySelector("nav.aikb-letters")?.classList.toggle("aikb-out", at > 0)
    }
    choose(0)
    tools.prepend(...buttons)
  }

  const start = () => {
    const lists = [...document.querySelectorAll(".aikb-list[data-filter]")]
    const tools = document.querySelector(".aikb-tools")
    if (!lists.length || !tools || tools.firstChild) return
    filter(lists, tools)
    if (lists[0].dataset.label) order(lists[0], tools)
  }
  if (window.document$) window.document$.subscribe(start)
  else start()
})()
