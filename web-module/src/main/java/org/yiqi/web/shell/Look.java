package org.yiqi.web.shell;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Light or dark: the system's scheme unless the person chose one. Also which icon goes with which kind of status. */
@Named
@RequestScoped
public class Look {

    static final String SYSTEM = "system";
    static final String LIGHT = "light";
    static final String DARK = "dark";
    static final Set<String> CHOICES = Set.of(SYSTEM, LIGHT, DARK);

    @Inject
    HttpServletRequest request;

    /** One of system, light and dark. */
    public String getChoice() {
        String chosen = Preferences.cookie(request, Preferences.THEME);
        return chosen != null && CHOICES.contains(chosen) ? chosen : SYSTEM;
    }

    /** The attribute of the page; none where the system decides. */
    public @Nullable String getTheme() {
        String choice = getChoice();
        return choice.equals(SYSTEM) ? null : choice;
    }

    public List<String> getThemes() {
        return List.of(SYSTEM, LIGHT, DARK);
    }

    public String keyOf(String theme) {
        return "shell.theme." + theme;
    }

    public String linkTo(String theme) {
        return Preferences.link(request, Preferences.THEME, theme);
    }

    /** What the one-click switch leads to: system, then light, then dark, then system again. */
    private String next() {
        List<String> themes = getThemes();
        return themes.get((themes.indexOf(getChoice()) + 1) % themes.size());
    }

    public String getSwitchLink() {
        return linkTo(next());
    }

    public String getSwitchKey() {
        return "shell.theme.to." + next();
    }

    public String getSwitchIcon() {
        return switch (getChoice()) {
            case LIGHT -> "sun";
            case DARK -> "moon";
            default -> "desktop";
        };
    }

    /** The icon that goes with a kind of status, so that colour never speaks alone. */
    public String icon(@Nullable String kind) {
        return switch (kind == null ? "" : kind) {
            case "ok" -> "check-circle";
            case "warn" -> "exclamation-circle";
            case "bad" -> "exclamation-triangle";
            case "info" -> "info-circle";
            default -> "circle";
        };
    }
}
