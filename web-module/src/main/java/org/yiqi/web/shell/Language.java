package org.yiqi.web.shell;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;

/** The language of this request: a person's choice (kept in a cookie) before what the browser asks for. */
@Named
@RequestScoped
public class Language {

    @Inject
    HttpServletRequest request;

    public Lang get() {
        return of(request);
    }

    /** For code outside CDI's request, such as filters. */
    public static Lang of(HttpServletRequest request) {
        Lang chosen = Lang.ofTag(Preferences.cookie(request, Preferences.LANGUAGE));
        return chosen != null ? chosen : Lang.accepted(request.getHeader("Accept-Language"));
    }

    public Locale getLocale() {
        return get().getLocale();
    }

    public String getTag() {
        return get().getTag();
    }

    public List<Lang> getAll() {
        return Lang.all();
    }

    /** The one that a single link switches to. */
    public Lang getOther() {
        return get() == Lang.ZH ? Lang.EN : Lang.ZH;
    }

    public String getSwitchLink() {
        return linkTo(getOther());
    }

    public String linkTo(Lang lang) {
        return Preferences.link(request, Preferences.LANGUAGE, lang.getTag());
    }
}
