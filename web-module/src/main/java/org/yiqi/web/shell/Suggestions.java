package org.yiqi.web.shell;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonWriter;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.yiqi.web.shell.SearchSource.Hit;

/** Answers the search palette: places first, then what the areas find. Also what keeps a session alive when a person asks for it. */
@WebServlet("/search/suggestions")
public class Suggestions extends HttpServlet {

    private static final int LIMIT_EACH = 6;
    private static final int LONGEST = 100;

    @Inject
    Navigation navigation;

    @Inject
    Texts texts;

    @Inject
    @Any
    Instance<SearchSource> sources;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getUserPrincipal() == null) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        String query = request.getParameter("q");
        JsonArrayBuilder answer = Json.createArrayBuilder();
        for (Hit hit : find(query == null ? "" : query.strip())) {
            answer.add(Json.createObjectBuilder()
                    .add("path", request.getContextPath() + hit.path())
                    .add("icon", hit.icon())
                    .add("title", hit.title())
                    .add("note", hit.note()));
        }
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        try (JsonWriter writer = Json.createWriter(response.getWriter())) {
            writer.writeArray(answer.build());
        }
    }

    private List<Hit> find(String query) {
        String wanted = query.toLowerCase(Locale.ROOT);
        List<Hit> hits = new ArrayList<>();
        for (Place place : navigation.getPlaces()) {
            String name = texts.get(place.key());
            if (name.toLowerCase(Locale.ROOT).contains(wanted)) {
                hits.add(new Hit(place.path(), place.icon(), name, texts.get("shell.search.page")));
            }
        }
        if (!wanted.isEmpty() && wanted.length() <= LONGEST) {
            sources.forEach(source -> hits.addAll(source.find(query, LIMIT_EACH)));
        }
        return hits;
    }
}
