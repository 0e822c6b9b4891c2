package org.yiqi.web.shell;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The texts of the product: {@code #{t['rental.title']}} and, with parameters, {@code #{t.format('rental.due', date)}}. A key's first
 * part names its area and with it the file, {@code org/yiqi/web/<area>/messages_<lang>.properties}; {@code problem.<code>} is looked
 * up in the file of the code's area. A missing key shows itself, and the build fails on it.
 */
@Named("t")
@ApplicationScoped
public class Texts extends AbstractMap<String, String> {

    private final Map<String, Map<String, String>> files = new ConcurrentHashMap<>();
    private Language language;

    /** For the container's proxy. */
    protected Texts() {}

    @Inject
    public Texts(Language language) {
        this.language = language;
    }

    @Override
    public String get(@Nullable Object key) {
        return text(language.get(), String.valueOf(key));
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return find(language.get(), String.valueOf(key)) != null;
    }

    /** Not enumerable: the map exists for EL's bracket. */
    @Override
    public Set<Entry<String, String>> entrySet() {
        return Set.of();
    }

    /** With {@link MessageFormat} parameters, in the language of the request. */
    public String format(String key, @Nullable Object... args) {
        return text(language.get(), key, args);
    }

    /** In a given language, for mail, exports and labels. */
    public String text(Lang lang, String key, @Nullable Object... args) {
        String text = find(lang, key);
        if (text == null) {
            return key;
        }
        return args.length == 0 ? text : new MessageFormat(text, lang.getLocale()).format(args);
    }

    /** The text, or null where no area has the key. */
    public @Nullable String find(Lang lang, String key) {
        String[] parts = key.split("\\.", 3);
        String area = parts[0].equals("problem") && parts.length > 1 ? parts[1] : parts[0];
        if (!area.matches("[a-z]+")) {
            return null;
        }
        return files.computeIfAbsent(area + "/messages_" + lang.suffix(), Texts::load)
                .get(key);
    }

    private static Map<String, String> load(String file) {
        Properties properties = new Properties();
        try (InputStream in = Texts.class.getResourceAsStream("/org/yiqi/web/" + file + ".properties")) {
            if (in != null) {
                properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> texts = new ConcurrentHashMap<>();
        properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name)));
        return texts;
    }
}
