package org.yiqi.equipment.gudid;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.yiqi.equipment.udi.UdiRefused;

/**
 * Reads GUDID's download format, one XML file or a zip of them. A wrong record is reported with its line and left out;
 * XML that is not well-formed ends the reading.
 */
public final class GudidReader {

    /** No published record comes near it; a record beyond is an attack or not a record. */
    private static final int LONGEST_RECORD = 1_000_000;

    private final Consumer<GudidDevice> devices;
    private final Consumer<RowError> errors;

    public GudidReader(Consumer<GudidDevice> devices, Consumer<RowError> errors) {
        this.devices = devices;
        this.errors = errors;
    }

    /**
     * Reads to the end. The stream stays open.
     *
     * @throws UnreadableFile when it is not well-formed XML, names an external entity, or unpacks suspiciously large
     */
    public void read(InputStream file) throws IOException {
        BufferedInputStream input = new BufferedInputStream(file, 1 << 16);
        input.mark(4);
        byte[] start = input.readNBytes(4);
        input.reset();
        if (start.length == 4 && start[0] == 'P' && start[1] == 'K' && start[2] == 3 && start[3] == 4) {
            readZip(input);
        } else {
            readXml(input);
        }
    }

    private void readZip(InputStream input) throws IOException {
        CountingStream packed = new CountingStream(input);
        ZipInputStream zip = new ZipInputStream(packed);
        boolean any = false;
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (!entry.isDirectory() && entry.getName().endsWith(".xml")) {
                any = true;
                readXml(new GuardedStream(zip, packed));
            }
        }
        if (!any) {
            throw new UnreadableFile(1, "The zip holds no XML file.");
        }
    }

    private void readXml(InputStream xml) throws IOException {
        // The JDK's own parser: a library on the class path may not honour the two switches below.
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        int line = 1;
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(xml);
            while (reader.hasNext()) {
                int event = reader.next();
                line = reader.getLocation().getLineNumber();
                if (event == XMLStreamConstants.ENTITY_REFERENCE) {
                    throw new UnreadableFile(line, "The file refers to an entity.");
                }
                if (event == XMLStreamConstants.START_ELEMENT
                        && reader.getLocalName().equals("device")) {
                    device(reader, line);
                }
            }
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException cause) {
                throw cause;
            }
            throw new UnreadableFile(
                    e.getLocation() == null ? line : e.getLocation().getLineNumber(), "The XML is not well-formed.");
        }
    }

    private void device(XMLStreamReader reader, int line) throws XMLStreamException, IOException {
        GudidDraft draft = new GudidDraft(line);
        StringBuilder text = new StringBuilder();
        int size = 0;
        int depth = 1;
        while (depth > 0) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    depth++;
                    text.setLength(0);
                    draft.start(reader.getLocalName());
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    if (depth > 0) {
                        draft.end(reader.getLocalName(), text.toString().strip(), depth);
                    }
                    text.setLength(0);
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    size += reader.getTextLength();
                    if (size > LONGEST_RECORD) {
                        throw new UnreadableFile(line, "A record is longer than any published one.");
                    }
                    text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
                }
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new UnreadableFile(line, "The file refers to an entity.");
                default -> {}
            }
        }
        deliver(draft, line);
    }

    private void deliver(GudidDraft draft, int line) {
        GudidDevice device;
        try {
            device = draft.finish();
        } catch (UdiRefused e) {
            errors.accept(new RowError(line, draft.key(), e.code(), String.valueOf(e.getMessage())));
            return;
        } catch (IncompleteRecord e) {
            errors.accept(new RowError(line, draft.key(), "equipment.row-incomplete", String.valueOf(e.getMessage())));
            return;
        }
        devices.accept(device);
    }
}
