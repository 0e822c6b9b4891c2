package org.yiqi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;

/** Our canonical form is that of the library of RFC 8785's authors. */
class CanonicalJsonPropertyTest {

    @Property(tries = 300)
    void whatIsWrittenIsWhatTheLibraryOfTheStandardWrites(@ForAll("trees") Map<String, @Nullable Object> tree)
            throws IOException {
        String written = CanonicalJson.write(tree);
        assertEquals(new JsonCanonicalizer(json(tree).toString()).getEncodedString(), written);
        assertEquals(tree, CanonicalJson.read(written));
    }

    @Provide
    Arbitrary<Map<String, Object>> trees() {
        return Arbitraries.maps(texts(), values(3)).ofMaxSize(6);
    }

    private static Arbitrary<Object> values(int depth) {
        Arbitrary<Object> leaf = Arbitraries.oneOf(
                        texts().asGeneric(), Arbitraries.of(true, false).asGeneric())
                .injectNull(0.1);
        if (depth == 0) {
            return leaf;
        }
        return Arbitraries.frequencyOf(
                Tuple.of(3, leaf),
                Tuple.of(1, values(depth - 1).list().ofMaxSize(4).asGeneric()),
                Tuple.of(
                        1,
                        Arbitraries.maps(texts(), values(depth - 1))
                                .ofMaxSize(4)
                                .asGeneric()));
    }

    /** Control characters, what JSON escapes, Chinese, and characters outside the first plane. */
    private static Arbitrary<String> texts() {
        return Arbitraries.frequencyOf(
                        Tuple.of(4, Arbitraries.integers().between(0, 0x7f)),
                        Tuple.of(2, Arbitraries.integers().between(0x80, 0xd7ff)),
                        Tuple.of(1, Arbitraries.integers().between(0xe000, 0x10ffff)))
                .list()
                .ofMaxSize(8)
                .map(points -> points.stream()
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
    }

    private static JsonValue json(@Nullable Object value) {
        JsonProvider json = JsonProvider.provider();
        if (value instanceof Map<?, ?> map) {
            var builder = json.createObjectBuilder();
            map.forEach((name, each) -> builder.add(String.valueOf(name), json(each)));
            return builder.build();
        }
        if (value instanceof List<?> list) {
            var builder = json.createArrayBuilder();
            list.forEach(each -> builder.add(json(each)));
            return builder.build();
        }
        if (value instanceof Boolean flag) {
            return flag ? JsonValue.TRUE : JsonValue.FALSE;
        }
        return value == null ? JsonValue.NULL : json.createValue(String.valueOf(value));
    }
}
