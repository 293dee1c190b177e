document.documentElement.dataset.lit = "yes";
