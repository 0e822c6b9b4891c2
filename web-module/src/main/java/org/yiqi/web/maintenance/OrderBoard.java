package org.yiqi.web.maintenance;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.yiqi.maintenance.VendorSuggestion;
import org.yiqi.web.shell.Lang;
import org.yiqi.web.shell.Language;
import org.yiqi.web.shell.Texts;

/** Small words of the pages of work orders. */
@Named
@RequestScoped
public class OrderBoard {

    private static final Set<String> REASONED = Set.of("triage", "decline", "wait", "refuse", "close", "cancel");

    @Inject
    Texts texts;

    @Inject
    Language language;

    /** The acts that a card allows, for the script that moves cards. */
    public String joined(List<String> acts) {
        return String.join(" ", acts);
    }

    public boolean asksReason(String act) {
        return REASONED.contains(act);
    }

    /** "Anxin Service · by contract, same city · 3 open orders". */
    public String suggestion(VendorSuggestion suggestion) {
        String name = language.get() == Lang.ZH ? suggestion.nameZh() : suggestion.nameEn();
        String reasons = suggestion.reasons().stream()
                .map(r -> texts.get("maintenance.vendor." + r.name()))
                .collect(Collectors.joining(language.get() == Lang.ZH ? "、" : ", "));
        return name + " · " + reasons + " · " + texts.format("maintenance.vendor.load", suggestion.openOrders());
    }
}
