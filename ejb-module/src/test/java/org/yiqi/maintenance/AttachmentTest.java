package org.yiqi.maintenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.yiqi.shared.problem.RuleViolation;

class AttachmentTest {

    @Test
    void theBytesDecideWhatAFileIs() {
        Attachment file = new Attachment("scan.pdf", png(10, 10));
        assertEquals("image/png", file.mediaType());
        assertEquals("scan.png", file.name());
    }

    @Test
    void aPageThatCallsItselfAPictureIsRefused() {
        byte[] html = "<html><script>".getBytes(StandardCharsets.UTF_8);
        RuleViolation refused = assertThrows(RuleViolation.class, () -> new Attachment("a.png", html));
        assertEquals("maintenance.attachment-kind", refused.code());
    }

    @Test
    void aSmallFileThatUnpacksToAHugePictureIsRefused() {
        byte[] bomb = png(100_000, 100_000);
        RuleViolation refused = assertThrows(RuleViolation.class, () -> new Attachment("a.png", bomb));
        assertEquals("maintenance.attachment-unsafe", refused.code());
    }

    @Test
    void aFileOfMoreThanEightMegabytesIsRefused() {
        byte[] large = new byte[Attachment.LARGEST + 1];
        assertThrows(RuleViolation.class, () -> new Attachment("a.png", large));
    }

    @Test
    void aNameKeepsNoPath() {
        assertEquals("passwd.png", new Attachment("../../etc/passwd", png(1, 1)).name());
    }

    static byte[] png(int width, int height) {
        return ByteBuffer.allocate(33)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'})
                .putInt(width)
                .putInt(height)
                .array();
    }
}
