/* What stands at a section beside its text: what leads to it, and the highlights that it rests on. All of it is on the page,
   below the text and folded, without this script. */
(() => {
  "use strict"

  const WIDE = matchMedia("(min-width: 100em)")

  /* What leads to a section is listed at the end of the page; its heading gets a count that opens the same there. */
  const linked = () => {
    const list = document.querySelector(".aikb-backlinks[data-label]")
    if (!list || list.dataset.filter) return
    list.dataset.filter = "done"
    const places = new Map()
    for (const row of list.querySelectorAll("[data-aikb-to]")) {
      for (const id of row.dataset.aikbTo.split(" ")) {
        const heading = document.getElementById(id)?.closest("h2, h3, h4, h5, h6")
        if (heading?.closest(".md-content") && heading.id) places.set(heading, [...places.get(heading) ?? [], row])
      }
    }
    for (const [heading, rows] of places) {
      const button = document.createElement("button")
      button.type = "button"
      button.className = "aikb-linked"
      button.textContent = String(new Set(rows).size)
      button.title = list.dataset.label
      button.setAttribute("aria-label", `${list.dataset.label} (${button.textContent})`)
      button.setAttribute("aria-expanded", "false")
      let box
      button.onclick = () => {
        box ??= opened(list, new Set(rows))
        if (box.isConnected) box.remove()
        else heading.after(box)
        button.setAttribute("aria-expanded", String(box.isConnected))
      }
      heading.append(button)
    }
  }

  const opened = (list, rows) => {
    const box = document.createElement("div")
    box.className = "aikb-linked-box"
    box.lang = document.documentElement.lang
    const lines = document.createElement("ul")
    let page
    for (const row of rows) {
      const from = row.parentElement.closest("li")
      if (from !== page) {
        page = from
        const line = document.createElement("li")
        line.append(from.querySelector("a").cloneNode(true), document.createElement("ul"))
        lines.append(line)
      }
      const copy = row.cloneNode(true)
      copy.removeAttribute("data-aikb-to")
      lines.lastElementChild.lastElementChild.append(copy)
    }
    box.append(lines)
    return box
  }

  /* On wide screens highlights stand in the margin, at the height of the section that rests on them. */
  const homes = new Map()
  const beside = () => {
    const wide = WIDE.matches
    const every = [...document.querySelectorAll(".md-content__inner > details.aikb-evidence, .md-content__inner > [lang] > details.aikb-evidence")]
    document.body.classList.toggle("aikb-beside", wide && every.length > 0)
    for (const box of every) {
      if (wide && !homes.has(box)) {
        let heading = box.previousElementSibling
        while (heading && !/^H[1-6]$/.test(heading.tagName)) heading = heading.previousElementSibling
        const place = document.createComment("")
        box.replaceWith(place)
        homes.set(box, [place, box.open])
        if (heading) heading.after(box)
        else place.after(box)
        box.open = true
        for (const quote of box.querySelectorAll("q")) {
          const mark = quote.querySelector("mark")
          if (quote.scrollHeight <= quote.clientHeight) continue
          quote.tabIndex = 0
          if (mark) quote.scrollTop = mark.getBoundingClientRect().top - quote.getBoundingClientRect().top - 24
        }
      } else if (!wide && homes.has(box)) {
        const [place, open] = homes.get(box)
        place.replaceWith(box)
        box.open = open
        homes.delete(box)
      }
    }
  }

  /* The words that a section quotes are marked in it too, while its evidence is pointed at or read. */
  const letters = text => text.normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase()
  const find = (from, to, wanted) => {
    const pieces = []
    let all = ""
    const texts = document.createTreeWalker(document.querySelector(".md-content__inner"), NodeFilter.SHOW_TEXT)
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      if (!(from.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING) || from.contains(node)) continue
      if (to && !(to.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING)) break
      if (node.parentElement.closest("details.aikb-evidence, .aikb-linked-box")) continue
      for (let at = 0; at < node.length; at++) {
        const letter = letters(node.data[at])
        for (const each of letter) { pieces.push([node, at]); all += each }
      }
    }
    const start = all.indexOf(wanted)
    if (start < 0) return null
    const range = new Range()
    range.setStart(...pieces[start])
    const [last, at] = pieces[start + wanted.length - 1]
    range.setEnd(last, at + 1)
    return range
  }
  const shared = row => {
    const words = letters(row.querySelector("q > mark")?.textContent ?? "")
    const box = row.closest("details")
    let heading = box
    while (heading && !/^H[1-6]$/.test(heading.tagName)) heading = heading.previousElementSibling
    let next = heading?.nextElementSibling
    while (next && !/^H[1-6]$/.test(next.tagName)) next = next.nextElementSibling
    return words && heading ? find(heading, next, words) : null
  }
  let pointed
  const point = event => {
    if (!window.CSS?.highlights) return
    const row = event.target.closest?.("details.aikb-evidence li")
    if (row === pointed) return // the whole text is looked through, so once a row
    pointed = row
    const range = row ? shared(row) : null
    if (range) CSS.highlights.set("aikb-quoted", new Highlight(range))
    else CSS.highlights.delete("aikb-quoted")
  }
  addEventListener("pointerover", point)
  addEventListener("focusin", point)
  WIDE.addEventListener("change", beside)

  const start = () => {
    homes.clear()
    linked()
    beside()
  }
  if (window.document$) window.document$.subscribe(start)
  else start()
})()
