package org.yiqi.equipment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.contract.MerkleTree;
import org.yiqi.ledger.EvidenceLog;
import org.yiqi.ledger.InclusionView;
import org.yiqi.ledger.LeafView;
import org.yiqi.ledger.evidence.Sequencer;
import org.yiqi.shared.evidence.EvidenceKind;
import org.yiqi.shared.evidence.EvidenceOf;
import org.yiqi.shared.evidence.ExhibitErased;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;

class DocumentsIT {

    @TempDir
    Path data;

    private final EquipmentFixture f = new EquipmentFixture();
    private Documents documents;
    private UUID unit;

    @BeforeEach
    void wire() {
        f.services.with(String.class, data.toString());
        documents = f.services.get(Documents.class);
        unit = f.unit().id();
    }

    private DocumentView add(String name, byte[] content) {
        return f.services.as(
                f.owner, () -> documents.add(unit, DocumentKind.PHOTO, name, new ByteArrayInputStream(content)));
    }

    private static byte[] png(int width, int height) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY), "png", out);
        return out.toByteArray();
    }

    @Test
    void aPhotoIsKeptByItsContentAndGivenBackWhole() throws IOException {
        byte[] photo = png(40, 30);
        DocumentView added = add("../../etc/passwd", photo);
        assertEquals("image/png", added.mediaType());
        assertEquals(".._.._etc_passwd", added.name());
        Path file = f.services.as(f.owner, () -> documents.content(unit, added.id()));
        assertTrue(file.startsWith(data.resolve("documents")));
        assertArrayEquals(photo, Files.readAllBytes(file));
        assertEquals(added.sha256(), add("again", photo).sha256());
    }

    @Test
    void whatOnlyCallsItselfAPictureIsRefused() {
        for (String content : List.of("<html><script>alert(1)</script>", "\u0089PNG\r\n\u001a\nnothing", "MZ")) {
            RuleViolation refused = assertThrows(
                    RuleViolation.class, () -> add("photo.png", content.getBytes(StandardCharsets.ISO_8859_1)));
            assertEquals("equipment.file-type", refused.code());
        }
        assertThrows(RuleViolation.class, () -> add("empty.pdf", new byte[0]));
        assertThrows(RuleViolation.class, () -> add("large.pdf", new byte[(20 << 20) + 1]));
    }

    @Test
    void aPictureOfAHundredMillionPixelsIsRefused() throws IOException {
        byte[] huge = png(10_000, 10_000);
        assertThrows(RuleViolation.class, () -> add("huge.png", huge));
    }

    @Test
    void anotherHospitalFindsNoDocument() throws IOException {
        DocumentView added = add("photo", png(4, 4));
        assertThrows(NotFound.class, () -> f.services.as(f.other, () -> documents.get(unit, added.id())));
    }

    @Test
    void anErasedDocumentIsGoneAndEveryOtherProofHolds() throws Exception {
        EvidenceLog log = f.services.get(EvidenceLog.class);
        byte[] photo = png(33, 44);
        DocumentView kept = add("kept", png(5, 6));
        DocumentView first = add("first", photo);
        DocumentView second = add("second", photo);
        place();
        Path file = f.services.as(f.owner, () -> documents.content(unit, first.id()));
        LeafView leaf = f.services.as(f.owner, () -> log.of(EvidenceOf.of(EvidenceKind.DOCUMENT, first.id()))
                .get(0));
        long number = Objects.requireNonNull(leaf.leaf());
        assertTrue(String.valueOf(leaf.content()).contains(first.sha256()));
        assertThrows(NotFound.class, () -> f.services.as(f.other, () -> log.get(number)));
        assertThrows(NotFound.class, () -> f.services.as(f.other, () -> log.erase(number, "theirs")));
        assertThrows(RuleViolation.class, () -> f.services.as(f.owner, () -> log.erase(number, " ")));

        LeafView erased = erase(log, number, first);
        assertNull(erased.salt());
        assertNull(erased.content());
        assertEquals("withdrawn", Objects.requireNonNull(erased.erased()).reason());
        assertTrue(Files.exists(file), "the second document has the same file");
        assertThrows(NotFound.class, () -> f.services.as(f.owner, () -> documents.content(unit, first.id())));
        assertThrows(Conflict.class, () -> f.services.as(f.owner, () -> log.erase(number, "again")));
        LeafView other = f.services.as(f.owner, () -> log.of(EvidenceOf.of(EvidenceKind.DOCUMENT, second.id()))
                .get(0));
        erase(log, Objects.requireNonNull(other.leaf()), second);
        assertFalse(Files.exists(file), "nobody has it any more");
        DocumentView shown = f.services.as(f.owner, () -> documents.get(unit, first.id()));
        assertEquals("", shown.sha256());
        assertNotNull(shown.erasedAt());

        LeafView still = f.services.as(f.owner, () -> log.of(EvidenceOf.of(EvidenceKind.DOCUMENT, kept.id()))
                .get(0));
        assertProved(log, still);
        assertProved(log, f.services.as(f.owner, () -> log.get(number)));
    }

    private LeafView erase(EvidenceLog log, long leaf, DocumentView document) {
        return f.services.as(f.owner, () -> {
            LeafView erased = log.erase(leaf, "withdrawn");
            documents.on(new ExhibitErased(EvidenceOf.of(EvidenceKind.DOCUMENT, document.id())));
            return erased;
        });
    }

    private void assertProved(EvidenceLog log, LeafView leaf) {
        InclusionView proof = f.services.as(f.owner, () -> log.inclusion(Objects.requireNonNull(leaf.leaf()), null));
        byte[] root = MerkleTree.follow(
                HexFormat.of().parseHex(leaf.hash()),
                proof.leaf(),
                proof.size(),
                proof.path().stream().map(Base64.getDecoder()::decode).toList());
        assertEquals(proof.root(), HexFormat.of().formatHex(root));
        if (leaf.salt() != null && leaf.content() != null) {
            byte[] again = MerkleTree.leaf(
                    Base64.getDecoder().decode(leaf.salt()), leaf.content().getBytes(StandardCharsets.UTF_8));
            assertEquals(leaf.hash(), HexFormat.of().formatHex(again));
        }
    }

    private void place() throws SQLException {
        try (Connection c = f.db.as("worker").getConnection()) {
            c.setAutoCommit(false);
            while (Sequencer.run(c, 1000).taken() > 0) {
                c.commit();
            }
            c.commit();
        }
    }

    @Test
    void aHundredLabelsComeQuicklyAndTheirCodeIsReadBack() throws Exception {
        f.services.with(String.class, "https://yiqi.example/");
        Labels labels = f.services.get(Labels.class);
        List<UUID> ids = Collections.nCopies(100, unit);
        byte[] pdf = f.services.as(f.owner, () -> labels.pdf(ids, LabelSheet.A4_24));
        assertEquals("%PDF-", new String(pdf, 0, 5, StandardCharsets.ISO_8859_1));
        UnitView labelled = f.services.as(f.owner, () -> f.units.get(unit));
        assertEquals("https://yiqi.example/q/" + labelled.labelCode(), decode(labels.qr(labels.address(labelled))));
    }

    private static String decode(BitMatrix matrix) throws Exception {
        int scale = 4;
        int side = matrix.getWidth() * scale;
        int[] pixels = new int[side * side];
        Arrays.fill(pixels, 0xFFFFFF);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                if (matrix.get(x / scale, y / scale)) {
                    pixels[y * side + x] = 0;
                }
            }
        }
        RGBLuminanceSource source = new RGBLuminanceSource(side, side, pixels);
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(source)))
                .getText();
    }
}
