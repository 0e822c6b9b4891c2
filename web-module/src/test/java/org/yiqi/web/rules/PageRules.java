package org.yiqi.web.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What no page may hold, since our content security policy blocks it or it opens the page to injection. */
final class PageRules {

    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->|<ui:remove>.*?</ui:remove>", Pattern.DOTALL);
    private static final Map<String, Pattern> BANNED = new LinkedHashMap<>();

    static {
        BANNED.put("f:ajax kills PrimeFaces widgets: use p:ajax", Pattern.compile("<f:ajax\\b"));
        BANNED.put("inline script: put it into a file", Pattern.compile("<script\\b|<h:outputScript(?![^>]*\\bname=)"));
        BANNED.put("javascript: address", Pattern.compile("javascript:", Pattern.CASE_INSENSITIVE));
        BANNED.put("unescaped output", Pattern.compile("\\bescape\\s*=\\s*[\"']\\s*(false|#\\{)"));
        BANNED.put(
                "inline handler on a plain element",
                Pattern.compile("<[a-z][a-z0-9]*(?=\\s)[^<>:]*?\\son[a-z]+\\s*=", Pattern.CASE_INSENSITIVE));
        BANNED.put(
                "the API takes no cookies, so a browser has nothing there but what is public",
                Pattern.compile("\\bhref=\"[^\"]*/api/v1/(?!public/|tenders/[^\"]*/documents/)"));
        BANNED.put("inline style sheet", Pattern.compile("<style\\b"));
        BANNED.put(
                "view parameters are read only within f:metadata in the page itself",
                Pattern.compile("<ui:define\\s+name=\"metadata\"\\s*>(?!\\s*<f:metadata>)"));
        BANNED.put(
                "a namespace of no library here: its tags would reach the browser as they stand, and do nothing",
                Pattern.compile(
                        "xmlns:\\w+=\"(?!(jakarta\\.faces\\.(facelets|html|core|passthrough)|jakarta\\.tags\\.(core|functions)"
                                + "|primefaces|urn:yiqi|http://omnifaces\\.org/ui)\")"));
    }

    private PageRules() {}

    static List<String> broken(String page, String text) {
        String markup = COMMENT.matcher(text).replaceAll(m -> m.group().replaceAll("[^\n]", ""));
        List<String> found = new ArrayList<>();
        BANNED.forEach((why, pattern) -> {
            Matcher matcher = pattern.matcher(markup);
            while (matcher.find()) {
                long line = markup.substring(0, matcher.start()).lines().count();
                found.add(page + ":" + Math.max(line, 1) + " " + why);
            }
        });
        return found;
    }
}
