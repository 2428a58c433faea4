"""How the screens look: the style sheets and the one component written in JavaScript."""
