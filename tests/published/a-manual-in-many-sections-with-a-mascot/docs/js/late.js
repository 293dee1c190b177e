document.documentElement.dataset.late = "yes";
