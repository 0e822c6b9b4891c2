package org.yiqi.standalone.broker;

import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.server.transformer.Transformer;

/** One group per device: however many consumers there are, a device's messages stay in order and never race. */
public final class GroupByDevice implements Transformer {

    @Override
    public Message transform(Message message) {
        String address = message.getAddress();
        Object original = message.getAnnotation(Message.HDR_ORIGINAL_ADDRESS);
        message.setGroupID(SimpleString.of(original == null ? String.valueOf(address) : original.toString()));
        return message;
    }
}
