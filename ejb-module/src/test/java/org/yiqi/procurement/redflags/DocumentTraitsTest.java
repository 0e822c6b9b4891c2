package org.yiqi.procurement.redflags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** By what documents are known again. */
class DocumentTraitsTest {

    private static String text(int seed, int words) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append("word").append(random.nextInt(5000)).append(i % 12 == 0 ? ".\n" : " ");
        }
        return text.toString();
    }

    @Test
    void textsAreAsAlikeAsTheyHaveInCommon() {
        String own = text(1, 2000);
        TextSketch sketch = TextSketch.of(own);
        assertEquals(1, sketch.likeness(TextSketch.of(own.replace(' ', '\n').replace("word", "WORD"))));
        assertTrue(sketch.likeness(TextSketch.of(own + text(2, 100))) > 0.8);
        assertTrue(sketch.likeness(TextSketch.of(own + text(2, 4000))) < 0.6);
        assertTrue(sketch.likeness(TextSketch.of(text(3, 2000))) < 0.3);
        assertEquals(0, TextSketch.of("Yes.").likeness(TextSketch.of("Yes.")));
    }

    private static byte[] office(String author) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> part : Map.of(
                            "docProps/core.xml",
                            "<cp:coreProperties><dc:creator>" + author
                                    + "</dc:creator><dcterms:created xsi:type=\"dcterms:W3CDTF\">2026-11-01T08:00:01Z</dcterms:created></cp:coreProperties>",
                            "word/document.xml",
                            "<w:p><w:t>" + text(1, 500) + "</w:t></w:p>")
                    .entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void anOfficeDocumentTellsItsAuthorTimeAndText() throws IOException {
        DocumentTraits one = DocumentTraits.of(office("李雷"));
        DocumentTraits other = DocumentTraits.of(office("韩梅梅"));
        assertEquals("李雷", one.author());
        assertEquals("Office 2026-11-01T08:00:01Z", one.made());
        assertNotEquals(one.sha256(), other.sha256());
        assertEquals(1, one.text().likeness(other.text()));
    }

    @Test
    void whatIsBrokenOrNoDocumentIsKnownByItsBytesAlone() {
        for (String broken : new String[] {"%PDF-1.7 and no more", "PK and no zip", "plain", ""}) {
            DocumentTraits traits = DocumentTraits.of(broken.getBytes(StandardCharsets.UTF_8));
            assertEquals(64, traits.sha256().length());
            assertEquals("", traits.author());
        }
    }
}
