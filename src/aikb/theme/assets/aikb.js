/* What a page does beyond reading: every part of it is there, or not missed, without this script. */
(() => {
  "use strict"

  const stored = (key, value) => {
    try {
      if (value === undefined) return localStorage.getItem(key)
      localStorage.setItem(key, value)
    } catch { /* storage is switched off: nothing is remembered */ }
    return null
  }

  const decoded = hash => {
    try { return decodeURIComponent(hash.slice(1)) } catch { return hash.slice(1) /* as it stands */ }
  }

  /* The switcher: the page's twin, at the same section. Instant navigation keeps the header and changes the rest, so the
     addresses are read from the rest. */
  const switcher = () => {
    const data = document.querySelector("[data-aikb-alternates]")
    if (!data) return
    for (const { lang, href, fragments } of JSON.parse(data.dataset.aikbAlternates)) {
      const link = document.querySelector(`.aikb-switcher__link[hreflang="${CSS.escape(lang)}"]`)
      if (!link) continue
      link.href = new URL(href, location.href).href
      const aim = () => {
        const target = new URL(link.href)
        const id = decoded(location.hash)
        target.hash = Object.hasOwn(fragments, id) ? fragments[id] : id
        link.href = target.href
      }
      link.onpointerdown = link.onfocus = aim // a new tab is opened without a click
      link.onclick = () => { aim(); stored("aikb-offered", lang) }
    }
  }

  /* A first visitor whose browser speaks another of the site's languages is told so, once. */
  const offer = () => {
    for (const each of document.querySelectorAll(".aikb-offer")) {
      const home = document.querySelector("[data-aikb-home]") !== null
      const wanted = navigator.languages.map(tag => tag.split("-")[0].toLowerCase())
      const known = [document.documentElement.lang, ...[...document.querySelectorAll(".aikb-offer")].map(it => it.lang)]
      const first = wanted.find(lang => known.includes(lang))
      each.hidden = !(home && first === each.lang && (stored("aikb-offered") === null))
      if (each.hidden) continue
      stored("aikb-offered", each.lang)
      each.querySelector("button").onclick = () => { each.hidden = true }
      return
    }
  }

  /* Lists by language, remembered on this device. */
  const filter = () => {
    const box = document.querySelector(".aikb-filter")
    if (!box) return
    const inputs = [...box.querySelectorAll("input")]
    const apply = lang => {
      for (const row of document.querySelectorAll(".aikb-list li")) {
        const own = row.querySelector("[lang]")?.lang ?? document.documentElement.lang
        row.hidden = lang !== "" && own !== lang
      }
    }
    const saved = stored("aikb-language") ?? ""
    const chosen = inputs.find(input => input.value === saved) ?? inputs[0]
    chosen.checked = true
    apply(chosen.value)
    box.hidden = false
    box.onchange = event => {
      stored("aikb-language", event.target.value)
      apply(event.target.value)
    }
  }

  /* Search is loaded when its box is first used, or when the address asks for it: `?q=` opens the box, `?h=` marks words. */
  const here = document.currentScript.src
  let loading
  const search = () => loading ??= new Promise(resolve => {
    const script = document.createElement("script")
    script.src = new URL("aikb-search.js", here).href
    script.onload = () => resolve(window.aikbSearchBox)
    document.head.append(script)
  })
  const asked = () => {
    const box = document.querySelector("[data-aikb-words]")
    if (!box) return
    const query = new URLSearchParams(location.search)
    if (query.has("q")) search().then(each => each.open(query.get("q")))
    if (query.has("h")) search().then(each => each.arrive())
    if (box.dataset.ready) return
    box.dataset.ready = "yes"
    const input = box.querySelector("input")
    const open = () => search().then(each => each.open())
    input.addEventListener("focus", open, { once: true })
    document.getElementById("__search")?.addEventListener("change", open, { once: true })
    if (document.activeElement === input) open()
  }
  const nearest = () => { // on the page for an address where nothing is
    const list = document.querySelector(".aikb-nearest ul")
    if (!list || list.firstChild || !document.querySelector("[data-aikb-words]")) return
    search().then(box => box.nearest()).then(pages => {
      for (const { href, title, lang } of pages) {
        const link = document.createElement("a")
        link.href = href
        link.textContent = title
        if (lang) link.lang = lang
        list.append(document.createElement("li"))
        list.lastChild.append(link)
      }
      list.parentElement.hidden = !pages.length
    }).catch(() => { /* the ways home stay */ })
  }
  addEventListener("keydown", event => {
    if (!["f", "s", "/"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    const busy = document.activeElement?.closest("input, textarea, select, [contenteditable]")
    const input = document.querySelector("[data-aikb-words] input")
    if (busy || !input) return
    event.preventDefault()
    input.focus()
    input.select()
  })

  const start = () => { switcher(); offer(); filter(); asked(); nearest() }
  if (window.document$) window.document$.subscribe(start)
  else start()
})()
